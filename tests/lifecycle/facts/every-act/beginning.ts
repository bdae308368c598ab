// The run begins: its journal, its policy, its first step.
import {
  ANN,
  BOB,
  EVE,
  ID,
  OUTLINE,
  RULE,
  RUN,
  act,
  ended,
  policy,
  silent,
  started,
  type Scene
} from './scene.js';

export const BEGINNING: readonly Scene[] = [
  act(
    {
      kind: 'journal-opened',
      format: 1,
      version: '0.1.0',
      notebook: 'release.ipynb',
      run: RUN,
      anew: { by: ANN, reason: 'the disk <burnt>', because: 'journal.gone' }
    },
    ANN,
    'the disk <burnt>',
    'began the run anew',
    'journal.gone'
  ),
  silent({ kind: 'torn-line', file: 'release.journal.jsonl.torn-1', bytes: 3, line: 2 }),
  silent({ kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN }),
  silent({ kind: 'outline', outline: OUTLINE }),
  silent({ kind: 'policy-read', policy: policy(2), hash: '2', holds: true, by: ANN }),
  act(
    { kind: 'policy-read', policy: policy(1), hash: '1', holds: false, by: ANN },
    ANN,
    'required was 2 and is 1',
    'kernel of',
    'held back a launchbook.yml that asks for less'
  ),
  act(
    { kind: 'policy-read', policy: policy(3), hash: '3', holds: true, by: ANN },
    ANN,
    'required was 2 and is 3',
    'asks for more'
  ),
  act(
    { kind: 'policy-read', policy: policy(1), hash: '1', holds: true, by: BOB },
    BOB,
    'required was 3 and is 1',
    'took up a launchbook.yml that asks for less'
  ),
  act(
    { kind: 'environment-confirmed', environment: 'production', by: ANN },
    ANN,
    '',
    'typed the name of production'
  ),
  act({ kind: 'driver-changed', by: ANN, client: 'a', how: 'first', reason: '' }, ANN, '', 'began to drive'),
  silent({
    kind: 'phase-admitted',
    phase: ID.deployment,
    title: 'Deployment',
    rule: RULE,
    receipt: {
      run: '2.4.0-staging-aaaaaa',
      release: '2.4.0',
      environment: 'staging',
      mode: 'rehearsal',
      at: '2026-11-21T08:00:00.000Z',
      durationMs: 60_000,
      outcome: 'passed',
      steps: [],
      journal: { place: 'runs/2.4.0-staging', records: 9, hash: 'a'.repeat(64) }
    },
    steps: [],
    by: ANN
  }),
  act(
    {
      kind: 'phase-released',
      phase: ID.closing,
      title: 'Closing',
      rule: RULE,
      missing: ['It was not rehearsed.'],
      steps: [],
      by: BOB,
      reason: 'no time for a rehearsal'
    },
    BOB,
    'no time for a rehearsal',
    'released “Closing” without its rehearsal',
    'It was not rehearsed'
  ),
  silent(started(ID.look, 1, ANN)),
  silent({ kind: 'checkpoint', name: 'before it all', step: ID.look }),
  silent({
    kind: 'output',
    step: ID.look,
    attempt: 1,
    upTo: 1,
    outputs: [{ kind: 'stream', name: 'stdout', text: 'hi\n' }]
  }),
  silent({
    kind: 'effect-planned',
    effect: 'plan',
    step: ID.look,
    attempt: 1,
    helper: 'shell',
    label: 'nothing',
    request: {}
  }),
  silent({
    kind: 'effect-refused',
    step: ID.look,
    attempt: 1,
    helper: 'shell',
    label: 'too late',
    code: 'effect.late'
  }),
  silent(ended(ID.look, 1)),
  silent({ kind: 'second-run-allowed', step: ID.look, attempt: 1, by: BOB }),
  act(started(ID.look, 2, BOB), BOB, '', 'ran “Look” (Prepare) again', 'attempt 2'),
  silent(ended(ID.look, 2)),
  act(
    { kind: 'note', text: 'The cache | was *cold*', step: ID.look, by: EVE },
    EVE,
    'The cache | was *cold*',
    'noted at “Look” (Prepare)'
  ),
  silent({ kind: 'run-archived', by: ANN }),
  act(
    { kind: 'run-reopened', by: BOB, reason: 'the images | must go' },
    BOB,
    'the images | must go',
    'reopened the run, which was archived'
  ),
  act(
    {
      kind: 'clock-accepted',
      by: BOB,
      reason: 'it was set | two hours ahead',
      latest: '2026-11-22T10:00:00.000Z'
    },
    BOB,
    'it was set | two hours ahead',
    'said that the clock is right, although the record had times up to 2026-11-22 10:00:00 UTC'
  )
];
