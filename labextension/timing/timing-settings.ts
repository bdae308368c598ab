// The settings of the timing plugin, read from whatever the settings file holds.
import { CLOCK_FORMAT, isClockFormat, type TimeZone } from '../page/time-text.js';

export interface TimingSettings {
  readonly enabled: boolean;
  readonly timeZone: TimeZone;
  /** For example `HH:mm:ss`. */
  readonly format: string;
  readonly position: 'left' | 'right' | 'hover';
  /** Shorter executions that passed have no line. */
  readonly atLeastMs: number;
  /** Whether a line lights up once when its cell ends. */
  readonly highlight: boolean;
  /** Whether the times go together with the outputs, or with the kernel. The journal keeps them. */
  readonly clearWithOutputs: boolean;
  readonly clearOnRestart: boolean;
}

/** Absent and wrong values have their defaults. */
export function readTimingSettings(values: { readonly [key: string]: unknown }): TimingSettings {
  const { timeZone, format, position, atLeastSeconds } = values;
  return {
    enabled: values['enabled'] !== false,
    timeZone: timeZone === 'local' ? 'local' : 'UTC',
    format: typeof format === 'string' && isClockFormat(format) ? format : CLOCK_FORMAT,
    position: position === 'right' || position === 'hover' ? position : 'left',
    atLeastMs: typeof atLeastSeconds === 'number' && atLeastSeconds > 0 ? 1000 * atLeastSeconds : 0,
    highlight: values['highlight'] !== false,
    clearWithOutputs: values['clearWithOutputs'] === true,
    clearOnRestart: values['clearOnRestart'] === true
  };
}
