// What continuing a failed step would do: shown to a person before anybody decides.

/** What a continued step will do, before anybody has decided. */
export interface ContinuePlan {
  readonly step: string;
  readonly attempt: number;
  /** The text has changed since it failed: from the first difference on everything is done. */
  readonly isEdited: boolean;
  /** Effects that have passed and are not done again. */
  readonly kept: readonly string[];
  /** Effects that failed and are done again. */
  readonly failed: readonly string[];
  /** Effects that have passed and are done a second time, because they came after the failure. */
  readonly repeated: readonly string[];
  /** What running the step from its start would do a second time. */
  readonly fromStart: readonly string[];
}
