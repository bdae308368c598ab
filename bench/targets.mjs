// What our kernel is to reach: a figure at most some share of a peer's median, or at most a number of its own.
// `clean` figures must also be free of remarks such as lost or late lines.

export const TARGETS = [
  { figure: 'start', atMost: 0.8, of: 'deno' },
  { figure: 'trivial', atMost: 0.9, of: 'ipykernel' },
  { figure: 'trivial-unchecked', atMost: 1, of: 'deno' },
  { figure: 'trivial-ahead', atMost: 1, of: 'deno' },
  { figure: 'run-all', atMost: 1.5, of: 'deno' },
  { figure: 'run-all-declaring', atMost: 1.5, of: 'deno' },
  { figure: 'declaring-1000', atMost: 1.5 },
  { figure: 'flood', atMost: 0.6, of: 'ipykernel', clean: true },
  { figure: 'loop', atMost: 1.2, of: 'deno' },
  { figure: 'memory-resident', atMost: 0.8, of: 'deno' },
  { figure: 'memory-proportional', atMost: 0.8, of: 'deno' }
];
