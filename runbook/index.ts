// The helper library: everything a cell may use, injected or imported from "launchbook". The whole public surface is this list.
export { $ } from './shell/shell.js';
export type { Shell } from './shell/shell.js';
export type { Command } from './shell/command.js';
export type { HostResult } from './shell/host-result.js';
export type { HostsCommand, HostsOptions } from './shell/on-hosts.js';
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
export type { Secret } from './masking/secret-value.js';

export { splunk } from './splunk/splunk.js';
export type { Splunk } from './splunk/splunk.js';
export type { Aggregations, Search } from './splunk/search.js';
export type { BeforeAfter, BeforeAfterResult } from './splunk/before-after.js';
export type { CheckOptions, ExpectOptions, RunOptions, StopStrategy } from './splunk/run-options.js';
export type { Comparisons, Conditions } from './splunk/spl/read-parts.js';
export type { SplValue } from './splunk/spl/quote.js';
export type { SearchRow } from './splunk/read-export.js';
export type { SplunkMessage } from './splunk/messages.js';
export type { SearchResult } from './splunk/result.js';
export type { SearchTime } from './splunk/time-range.js';

export { approval } from './hold/approval.js';
export type { ApprovalOptions } from './hold/approval.js';
export { assign, gather } from './hold/tasks.js';
export type { AssignedTaskList, GatherOptions, TaskOptions } from './hold/tasks.js';
export type { GatherRule, TaskState } from '../contract/holds/task-list.js';
export type { FieldOption } from './hold/form.js';
export type { ApprovalRelease } from '../contract/holds/release.js';
export { checklist } from './hold/checklist.js';
export type { ChecklistEntry } from './hold/checklist.js';
export type { ApprovalDecision } from '../contract/holds/hold.js';
export type { Person } from '../contract/base/person.js';

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
export type { Environment, EnvironmentParameters, EnvironmentVars } from './environment/environment.js';
export { display } from './display/display.js';
export type { BadgeStatus, Display } from './display/display.js';
export type { BarChartOptions, LineChartOptions, TimelineEntry } from './display/charts.js';

export type { Duration } from './duration.js';
export type { ParsedJson } from './parsed-json.js';
export { CheckFailedError } from './errors/check-failed-error.js';
export { CommandFailedError } from './shell/command-failed-error.js';
export { RequestFailedError } from './http/request-failed-error.js';
export { RollbackFailedError } from './errors/rollback-failed-error.js';
export { ScatterFailedError } from './scatter/scatter-failed-error.js';
export { SearchFailedError } from './splunk/search-failed-error.js';
export { SecretUnavailableError } from './errors/secret-unavailable-error.js';
export { SlackFailedError } from './slack/slack-failed-error.js';
export { WaitFailedError } from './poll/wait-failed-error.js';
export { UsageError } from './errors/usage-error.js';
export { HostsFailedError } from './shell/hosts-failed-error.js';
export { isLaunchbookError, LaunchbookError } from '../contract/base/error.js';

export { background } from './background/background.js';
export type { Background, BackgroundWork } from './background/background.js';
export { guard } from './guard/guard.js';
export type { GuardOptions } from './guard/guard.js';
export { GuardBreachedError } from './guard/guard-breached-error.js';
