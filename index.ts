/** The Pulumi program. */
import { program } from "./stacks/program.ts";
import { readSettings } from "./stacks/settings.ts";

export default () => program(readSettings());
