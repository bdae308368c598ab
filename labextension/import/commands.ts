// Ids of the commands around imports.
export const IMPORT = 'launchbook:import-document';
export const REPORT = 'launchbook:show-import-report';
export const NEXT = 'launchbook:go-to-next-guess';
export const PREVIOUS = 'launchbook:go-to-previous-guess';
export const ACCEPT = 'launchbook:accept-guess';
export const CHANGE = 'launchbook:change-guess';
