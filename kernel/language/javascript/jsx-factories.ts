// The names that JSX needs without anybody writing them: `React` of `React.createElement`, or what a pragma or the tsconfig.json
// names instead. The automatic runtime needs none.
import type { EmitOptions } from './compiler.js';
import type { Occurrence } from '../../../record/source/analysis.js';

/** The hidden uses of names in a cell with elements. */
export function jsxFactories(code: string, options: EmitOptions): Occurrence[] {
  const pragma = (name: string): string | undefined =>
    new RegExp(`/\\*[^]*?@${name}[ \\t]+([^\\s*]+)[^]*?\\*/`).exec(code)?.[1];
  const runtime = pragma('jsxRuntime');
  const isAutomatic = runtime === undefined ? /^react-jsx/.test(options.jsx ?? '') : runtime === 'automatic';
  if ((isAutomatic && pragma('jsx') === undefined) || pragma('jsxImportSource') !== undefined) {
    return [];
  }
  const React = options.reactNamespace ?? 'React';
  const factories = [
    pragma('jsx') ?? options.jsxFactory ?? React,
    pragma('jsxFrag') ?? options.jsxFragmentFactory ?? (code.includes('<>') ? React : undefined)
  ];
  const names = new Set(factories.flatMap(factory => factory?.split('.')[0] ?? []));
  const hidden = { start: -1, end: -1, isType: false, isShorthand: false, isLater: false, isCalled: false };
  return [...names].map(name => ({ name, ...hidden }));
}
