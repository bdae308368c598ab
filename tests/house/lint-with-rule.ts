// One rule of scripts/eslint over one text, by ESLint's plain Linter: no types are read, so that a case takes milliseconds.
import { join } from 'node:path';
import { Linter, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from './root.js';

/** The rule in scripts/eslint/NAME.mjs, made for the checkout folder `folder`. */
export async function loadRule(name: string, folder = root): Promise<Rule.RuleModule> {
  const made = (await import(join(root, 'scripts', 'eslint', `${name}.mjs`))) as {
    [maker: string]: (folder: string) => Rule.RuleModule;
  };
  const maker = Object.keys(made).find(key => key.endsWith('Rule'))!;
  return made[maker]!(folder);
}

/** What `rule` says of `code` as if it stood in `path` of `folder`. */
export function faultsIn(rule: Rule.RuleModule, path: string, code: string, folder = root): string[] {
  const linter = new Linter({ configType: 'flat', cwd: folder });
  const messages = linter.verify(
    code,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      plugins: { house: { rules: { rule } } },
      rules: { 'house/rule': 'error' }
    },
    { filename: join(folder, path) }
  );
  return messages.map(({ message }) => message);
}
