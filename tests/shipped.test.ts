/** What looks at every shipped plan, in one file: a file is one worker, and each plan is made once for all of them. */
import "./shipped/contract.ts";
import "./shipped/everywhere.ts";
import "./shipped/identity.ts";
import "./shipped/references.ts";
import "./shipped/register.ts";
