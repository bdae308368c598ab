// What our kernel is to reach: a figure at most some share of a peer's median, or at most a number of its own.
// `clean` figures must also be free of remarks such as lost or late lines. A target that is out of reach has in `reached` the ratio of a
// run on a quiet machine; docs/benchmarks.md says what was tried and what limits it, and `npm run prove -- kernel` fails when the ratio
// gets worse.

export const TARGETS = [
  { figure: 'start', atMost: 0.8, of: 'deno', reached: 0.89 },
  { figure: 'trivial', atMost: 0.9, of: 'ipykernel' },
  { figure: 'trivial-unchecked', atMost: 1, of: 'deno', reached: 1.35 },
  { figure: 'trivial-ahead', atMost: 1, of: 'deno', reached: 1.3 },
  { figure: 'run-all', atMost: 1.5, of: 'deno', reached: 1.9 },
  { figure: 'run-all-declaring', atMost: 1.5, of: 'deno', reached: 1.75 },
  { figure: 'declaring-1000', atMost: 1.5 },
  { figure: 'chains-memory', atMost: 1, of: 'deno' },
  { figure: 'chains-flood', atMost: 1.1 },
  { figure: 'flood', atMost: 0.6, of: 'ipykernel', clean: true },
  { figure: 'loop', atMost: 1.2, of: 'deno', reached: 1.45 },
  { figure: 'memory-resident', atMost: 0.8, of: 'deno', reached: 0.96 },
  { figure: 'memory-proportional', atMost: 0.8, of: 'deno' }
];
