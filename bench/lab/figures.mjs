// The figures of `npm run bench:lab` and what ours has to reach: at most some share of another variant's median, or a number.
// `from` is the figure that the other is compared by, where it has another name. `inTurns`: both were measured in one round, which
// has a ratio of its own then, and the median of these counts.

export const FIGURES = [
  { id: 'open-revealed', title: 'open: revealed', unit: 'ms', atMost: 1.05, of: 'plain', inTurns: true },
  {
    id: 'open-rendered',
    title: 'open: every cell drawn',
    unit: 'ms',
    atMost: 1.05,
    of: 'plain',
    inTurns: true
  },
  { id: 'start-processor', title: 'start: processor time of the main thread', unit: 'ms' },
  { id: 'open-processor', title: 'open: processor time of the main thread', unit: 'ms' },
  { id: 'open-script', title: 'open: processor time of scripts', unit: 'ms' },
  { id: 'open-layouts', title: 'open: layouts', unit: '' },
  { id: 'open-styles', title: 'open: recalculations of styles', unit: '' },
  { id: 'open-time', title: 'open: main-thread time of the extension', unit: 'ms' },
  { id: 'open-writes', title: 'cells written on open', unit: '', atMost: 0 },
  { id: 'heap', title: 'heap after opening', unit: 'MB' },
  { id: 'heap-added', title: 'heap added to plain', unit: 'MB', atMost: 5 },
  {
    id: 'run-all-total',
    title: 'Run All: total',
    unit: 'ms',
    atMost: 1,
    of: 'execute-time',
    inTurns: true
  },
  { id: 'run-all-blocked', title: 'Run All: longest blocked task', unit: 'ms' },
  {
    id: 'run-phase-total',
    title: 'run phase (others: Run All): total',
    unit: 'ms',
    from: 'run-all-total',
    atMost: 1,
    of: 'execute-time'
  },
  {
    id: 'run-phase-blocked',
    title: 'run phase (others: Run All): longest blocked task',
    unit: 'ms',
    from: 'run-all-blocked',
    atMost: 0.33,
    of: 'plain'
  },
  { id: 'cell-time', title: 'main-thread time of the extension per executed cell', unit: 'ms', atMost: 2 },
  { id: 'idle-timers', title: 'timers when idle', unit: '', atMost: 0 },
  { id: 'bundle', title: 'bundle, gzip', unit: 'kB', atMost: 120 }
];
