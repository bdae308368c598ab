// What is measured: one row of the table each. A figure of our kernel with other settings is compared with the peers' plain
// one (`peersFrom`), because they have no such setting.

/** Scenario names in the order in which they run, each with what it measures. */
export const SCENARIOS = {
  start: 'from starting the process to the reply of the first cell',
  trivial: 'one addition: checked, unchecked, announced before, with a journal on disk',
  'run-all': '50 cells sent at once',
  declaring: 'notebooks of 200 and 1,000 cells that declare and use names',
  chains: 'a notebook of 1,000 cells that declare types of five kinds and use those before',
  flood: '20,000 lines from one cell',
  loop: '10,000,000 additions at the top level of a cell',
  completion: 'completion while a cell keeps its thread busy',
  memory: 'memory of all processes after 300 cells'
};

/** Rows of the table. */
export const FIGURES = [
  { id: 'start', scenario: 'start', title: 'start to first result', unit: 'ms' },
  { id: 'trivial', scenario: 'trivial', title: 'trivial cell, checked', unit: 'ms' },
  {
    id: 'trivial-unchecked',
    scenario: 'trivial',
    title: 'trivial cell, typecheck: off',
    unit: 'ms',
    peersFrom: 'trivial'
  },
  {
    id: 'trivial-ahead',
    scenario: 'trivial',
    title: 'trivial cell, checked ahead',
    unit: 'ms',
    peersFrom: 'trivial'
  },
  {
    id: 'trivial-journal',
    scenario: 'trivial',
    title: 'trivial cell, checked, journal on disk',
    unit: 'ms',
    peersFrom: 'trivial'
  },
  { id: 'run-all', scenario: 'run-all', title: '50 expressions at once', unit: 'ms' },
  { id: 'run-all-declaring', scenario: 'run-all', title: '50 declaring cells at once', unit: 'ms' },
  { id: 'declaring-cell-10', scenario: 'declaring', title: 'declaring cell near 10', unit: 'ms' },
  { id: 'declaring-cell-200', scenario: 'declaring', title: 'declaring cell near 200', unit: 'ms' },
  { id: 'declaring-cell-1000', scenario: 'declaring', title: 'declaring cell near 1,000', unit: 'ms' },
  { id: 'declaring-200', scenario: 'declaring', title: 'cell near 200 over near 10', unit: '×' },
  { id: 'declaring-1000', scenario: 'declaring', title: 'cell near 1,000 over near 10', unit: '×' },
  {
    id: 'chains-memory',
    scenario: 'chains',
    title: 'memory after a chain of types, proportional',
    unit: 'MB'
  },
  { id: 'chains-flood', scenario: 'chains', title: '20,000 lines after it over before it', unit: '×' },
  { id: 'flood', scenario: 'flood', title: '20,000 lines', unit: 'ms' },
  { id: 'flood-messages', scenario: 'flood', title: '20,000 lines, stream messages', unit: '' },
  { id: 'loop', scenario: 'loop', title: '10,000,000 additions', unit: 'ms' },
  { id: 'completion', scenario: 'completion', title: 'completion while busy', unit: 'ms' },
  { id: 'memory-resident', scenario: 'memory', title: 'memory after 300 cells, resident', unit: 'MB' },
  { id: 'memory-proportional', scenario: 'memory', title: 'memory after 300 cells, proportional', unit: 'MB' }
];
