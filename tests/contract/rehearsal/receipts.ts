// Receipts for tests of rehearsals.
import type { Receipt, RehearsalRule } from '../../../contract/rehearsal/receipt.js';
import type { StepContent } from '../../../contract/rehearsal/step-content.js';

export const NOW_MS = Date.parse('2026-11-26T20:00:00.000Z');
export const DAY_MS = 86_400_000;

export const RULE: RehearsalRule = {
  withinMs: 7 * DAY_MS,
  environments: ['staging', 'qa'],
  sameRelease: false
};

export const STEPS: readonly StepContent[] = [
  { id: 'd1', title: 'Deploy orders', hashes: ['aa'] },
  { id: 'd2', title: 'Deploy payments', hashes: ['bb'] }
];

/** A receipt of both steps that passed `ageDays` ago. */
export function receiptOf(more: Partial<Receipt> = {}, ageDays = 3): Receipt {
  const at = new Date(NOW_MS - ageDays * DAY_MS).toISOString();
  return {
    run: '2.4.0-staging-3f9c21',
    release: '2.4.0',
    environment: 'staging',
    mode: 'rehearsal',
    outcome: 'passed',
    at,
    durationMs: 723_000,
    steps: STEPS.map(({ id, title, hashes }) => ({
      id,
      title,
      status: 'passed' as const,
      at,
      durationMs: 1000,
      content: hashes[0]!
    })),
    journal: { place: '2.4.0-staging/release.journal.jsonl', records: 40, hash: 'f'.repeat(64) },
    ...more
  };
}
