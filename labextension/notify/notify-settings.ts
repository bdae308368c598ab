// The settings of the notify plugin, read from whatever the settings file holds.
import type { NoticeSettings } from './notice.js';

const DEFAULT_THRESHOLD_S = 30;
const DEFAULT_STILL_RUNNING_S = 600;

export interface NotifySettings extends NoticeSettings {
  readonly enabled: boolean;
  readonly inApp: boolean;
  readonly sound: boolean;
  readonly badge: boolean;
  /** Which notifications stay until a person takes them away. */
  readonly sticky: 'waiting' | 'all' | 'none';
}

/** Absent and wrong values have their defaults. */
export function readNotifySettings(values: { readonly [key: string]: unknown }): NotifySettings {
  const isOn = (key: string): boolean => values[key] !== false;
  const ms = (key: string, standard: number): number => {
    const seconds = values[key];
    return 1000 * (typeof seconds === 'number' && seconds >= 0 ? seconds : standard);
  };
  const { sticky } = values;
  return {
    enabled: isOn('enabled'),
    inApp: isOn('inApp'),
    waiting: isOn('waiting'),
    failed: isOn('failed'),
    long: isOn('long'),
    phase: isOn('phase'),
    finished: isOn('finished'),
    kernelDied: isOn('kernelDied'),
    stillRunning: values['stillRunning'] === true,
    unusual: isOn('unusual'),
    sound: values['sound'] === true,
    badge: isOn('badge'),
    sticky: sticky === 'all' || sticky === 'none' ? sticky : 'waiting',
    longerThanMs: ms('longerThanSeconds', DEFAULT_THRESHOLD_S),
    stillRunningMs: ms('stillRunningSeconds', DEFAULT_STILL_RUNNING_S)
  };
}
