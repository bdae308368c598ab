// What a person can say about an effect of which nobody knows how it ended.
/**
 * What a person says of an effect that started and has no end.
 * - `passed`: it was done; it is not done again.
 * - `failed`: it was not done, or badly; the step fails there when it goes on.
 * - `again`: it may be done once more.
 */
export type Judgement = 'passed' | 'failed' | 'again';
