// The helper library: everything a cell may use, injected or imported from "launchbook". The whole public surface is this list.
export { $ } from './shell/command.js';
export type { Command, Shell } from './shell/command.js';
export type { HostResult, HostsCommand, HostsOptions } from './shell/on-hosts.js';
export type { SshOptions } from './shell/ssh-command.js';
export type { ShellOptions } from './shell/options.js';
export type { ShellValue, ShellWord } from './shell/parse-command.js';
export type { CommandResult } from './shell/result.js';

export { http } from './http/client.js';
export type { Http, HttpRequest, SendRequest } from './http/client.js';
export type { HttpOptions, UntilOptions, UntilPredicate } from './http/options.js';
export type { ExchangeFacts, HttpResult } from './http/result.js';
export type { StandardIssue, StandardSchema, StandardVerdict } from './http/schema.js';
export type { ByteSize } from './byte-size.js';

export { secret } from './secret/secret.js';
export type { SecretReader } from './secret/secret.js';
export type { Secret } from './secret/secret-value.js';

export { splunk } from './splunk/search.js';
export type { Aggregations, Search, Splunk } from './splunk/search.js';
export type { BeforeAfter, BeforeAfterResult } from './splunk/before-after.js';
export type { ExpectOptions, RunOptions, StopStrategy } from './splunk/run-options.js';
export type { Comparisons, Conditions } from './splunk/read-parts.js';
export type { SplValue } from './splunk/quote.js';
export type { SearchRow } from './splunk/read-export.js';
export type { SearchResult } from './splunk/result.js';
export type { SearchTime } from './splunk/time-range.js';

export { approval } from './hold/approval.js';
export type { ApprovalOptions } from './hold/approval.js';
export { assign, gather } from './hold/assign.js';
export type { AssignedBoard, GatherOptions, TaskOptions } from './hold/assign.js';
export type { GatherRule, TaskState } from '../contract/board.js';
export type { FieldOption } from './hold/form.js';
export type { ApprovalRelease } from '../contract/release.js';
export { checklist } from './hold/checklist.js';
export type { ChecklistEntry } from './hold/checklist.js';
export type { ApprovalDecision } from '../contract/hold.js';
export type { Person } from '../contract/person.js';

export { checkpoint } from './checkpoint.js';
export { note } from './note.js';
export { record } from './record.js';
export type { RecordOptions } from './record.js';
export { poll } from './poll/poll.js';
export type { NotYet, PollOptions } from './poll/poll.js';
export type { Check } from './poll/check.js';
export { soak } from './poll/soak.js';
export type { SoakOptions, SoakResult } from './poll/soak.js';
export { rollback } from './rollback.js';
export type { PlannedRollback, Rollback, RollbackOptions } from './rollback.js';

export { scatter } from './scatter/scatter.js';
export type { ScatterOptions } from './scatter/scatter.js';
export type { ScatterItem, ScatterResult } from './scatter/result.js';
export { slack } from './slack/slack.js';
export type { Slack, SlackMessage, SlackOptions } from './slack/slack.js';
export { environment } from './environment/environment.js';
export type { Environment, EnvironmentVars } from './environment/environment.js';
export { display } from './display/display.js';
export type { BadgeStatus, Display } from './display/display.js';
export type { BarChartOptions, LineChartOptions, TimelineEntry } from './display/charts.js';

export type { Duration } from './duration.js';
export type { ParsedJson } from './parsed-json.js';
export { CheckFailedError } from './errors/check-failed-error.js';
export { CommandFailedError } from './errors/command-failed-error.js';
export { RequestFailedError } from './errors/request-failed-error.js';
export { RollbackFailedError } from './errors/rollback-failed-error.js';
export { ScatterFailedError } from './errors/scatter-failed-error.js';
export { SearchFailedError } from './errors/search-failed-error.js';
export { SecretUnavailableError } from './errors/secret-unavailable-error.js';
export { SlackFailedError } from './errors/slack-failed-error.js';
export { WaitFailedError } from './errors/wait-failed-error.js';
export { UsageError } from './errors/usage-error.js';
export { HostsFailedError } from './errors/hosts-failed-error.js';
export { isLaunchbookError, LaunchbookError } from '../contract/error.js';
