// The command that other plugins offer as a button; it does not exist when the notify plugin is switched off.

/** Asks the browser for permission. Must follow a click. */
export const ENABLE_NOTIFICATIONS = 'launchbook:enable-notifications';
