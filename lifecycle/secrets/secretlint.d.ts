// What we use of secretlint, as types: its own name types of a package that is no dependency of ours.
declare module '@secretlint/core' {
  export interface LintMessage {
    readonly ruleId: string;
    readonly messageId: string;
    readonly range: readonly [start: number, end: number];
  }

  export function lintSource(request: {
    readonly source: {
      readonly filePath: string;
      readonly content: string;
      readonly ext: string;
      readonly contentType: 'text';
    };
    readonly options: {
      readonly config: {
        readonly rules: readonly {
          readonly id: string;
          readonly rule: unknown;
          readonly rules: readonly { readonly id: string; readonly disabled: boolean }[];
        }[];
      };
      readonly maskSecrets: boolean;
      readonly noPhysicFilePath: boolean;
    };
  }): Promise<{ readonly messages: readonly LintMessage[] }>;
}

declare module '@secretlint/secretlint-rule-preset-recommend' {
  export const creator: unknown;
}
