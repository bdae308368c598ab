// The versions of everything that crosses a process boundary or outlives a process.

/** Format of the journal file. A reader refuses a higher number and reads every lower one for ever. */
export const JOURNAL_FORMAT = 1;

/** Version of the messages on the comm `launchbook.run`. Both sides refuse to talk when it differs. */
export const COMM_VERSION = 1;

/** Version of the product, equal to the one in package.json (a test compares them). */
export const LAUNCHBOOK_VERSION = '0.1.0';
