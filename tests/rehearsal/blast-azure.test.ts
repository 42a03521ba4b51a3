/** What each key costs to change on azure. The simulated engine is not asked: two plans and the replace rules. */
import { blastLaws } from "./blastLaws.ts";

blastLaws("azure");
