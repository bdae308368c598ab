// Options of a script that has few: --help says how it is called, and a word that it does not know is refused before anything is done.
import { parseArgs } from 'node:util';

/** The options that were given, of those with these names. Ends the script after `help` (0), and when something is not known (2). */
export function readOptions(help, names = []) {
  const options = Object.fromEntries([...names, 'help'].map(name => [name, { type: 'boolean' }]));
  try {
    const { values } = parseArgs({ options });
    if (!values.help) {
      return values;
    }
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
  console.log(help);
  process.exit(0);
}
