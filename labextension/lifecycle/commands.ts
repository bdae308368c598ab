// Ids of the commands around whole runs that other plugins offer too.
export const NEW_RUN = 'launchbook:new-run';
export const ARCHIVE_RUN = 'launchbook:archive-run';
export const REPORT_RUN = 'launchbook:report-run';
export const LEARN_RUN = 'launchbook:learn-from-run';
