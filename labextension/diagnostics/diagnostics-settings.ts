// The settings of the diagnostics plugin, read from whatever the settings file holds.

export interface DiagnosticsSettings {
  readonly enabled: boolean;
  readonly delayMs: number;
}

const DEFAULT_DELAY_MS = 400;
const LONGEST_DELAY_MS = 10_000;

/** Absent and wrong values have their defaults. */
export function readDiagnosticsSettings(values: { readonly [key: string]: unknown }): DiagnosticsSettings {
  const { enabled, delayMilliseconds: delay } = values;
  return {
    enabled: enabled !== false,
    delayMs: typeof delay === 'number' && delay >= 0 && delay <= LONGEST_DELAY_MS ? delay : DEFAULT_DELAY_MS
  };
}
