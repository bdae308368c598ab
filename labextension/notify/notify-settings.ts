// The settings of the notify plugin, read from whatever the settings file holds.
import type { NoticeSettings } from './notices.js';

const DEFAULT_THRESHOLD_S = 30;

export interface NotifySettings extends NoticeSettings {
  readonly enabled: boolean;
  readonly inApp: boolean;
}

/** Absent and wrong values have their defaults. */
export function readNotifySettings(values: { readonly [key: string]: unknown }): NotifySettings {
  const isOn = (key: string): boolean => values[key] !== false;
  const seconds = values['longerThanSeconds'];
  return {
    enabled: isOn('enabled'),
    inApp: isOn('inApp'),
    waiting: isOn('waiting'),
    failed: isOn('failed'),
    long: isOn('long'),
    finished: isOn('finished'),
    kernelDied: isOn('kernelDied'),
    longerThanMs: 1000 * (typeof seconds === 'number' && seconds >= 0 ? seconds : DEFAULT_THRESHOLD_S)
  };
}
