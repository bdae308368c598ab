// A command that prints a lot.

export const PRINTED_MB = 100;

/** A program for `node -e` that prints so much, as fast as its reader takes it. */
export const PRINTER = `const line = 'x'.repeat(1023) + '\\n'; const chunk = line.repeat(64); let left = ${PRINTED_MB * 16};
  const print = () => { while (left-- > 0) { if (!process.stdout.write(chunk)) { process.stdout.once('drain', print); return; } } }; print();`;
