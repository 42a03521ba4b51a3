/** What each key costs to change on aws. The simulated engine is not asked: two plans and the replace rules. */
import { blastLaws } from "./blastLaws.ts";

blastLaws("aws");
