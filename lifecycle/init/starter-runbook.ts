// The template that `launchbook init` writes: a small release with every part that a runbook should have, and it runs as it is.
import { LANGUAGE_INFO } from '../../contract/notebook/language-info.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';

/** A notebook whose steps only print, so that a first run harms nothing. */
export const STARTER_RUNBOOK: Notebook = {
  cells: [
    prose(
      'title',
      `# Release of SERVICE

Say in two sentences what is released, and who is affected while it happens.

- **Driver**: the release manager, who runs the cells from top to bottom.
- **Approver**: the QA lead, at the sign-off.

**When a step fails**, read the last lines of its error, fix the cause and run the cell again. To go back, choose *Roll back…* at a step in the phases sidebar: it shows first what is undone.`
    ),
    prose(
      'preparation',
      `## Preparation

*Release manager.*

### Name the release

What is released, and what it replaces.`
    ),
    step('parameters', `const release = '1.1.0';\nconst previousRelease = '1.0.0';`, ['parameters']),
    prose(
      'before-why',
      '### See what runs now\n\nThe service should be healthy; a release does not begin on a system that is in trouble.'
    ),
    step('before', 'await $`echo SERVICE ${previousRelease} is healthy`;'),
    prose(
      'sign-off',
      `## QA sign-off

*QA lead.*

### Sign off the release

**Approve** lets the deployment begin, **Reject** ends the run here.`
    ),
    step(
      'sign-off-approval',
      `await approval('QA sign-off', {
  question: \`Was \${release} tested, so that it may be deployed?\`
});`
    ),
    prose(
      'deployment',
      `## Deployment

*Release manager.*

### Deploy SERVICE

The way back is registered first, so that it is known even if the next line fails.`
    ),
    step(
      'deploy',
      `await rollback(\`SERVICE back to \${previousRelease}\`, () => $\`echo deploy SERVICE \${previousRelease}\`);
await $\`echo deploy SERVICE \${release}\`;
await checkpoint('deployed');`
    ),
    prose(
      'verification',
      `## Verification

*Release manager.*

### Look whether it worked

The new version should answer, and write no errors.`
    ),
    step('verify', 'await $`echo SERVICE ${release} is healthy`;'),
    prose('closing', '## Closing\n\n*Release manager.*\n\n### Close the release\n\nWhat no command can see.'),
    step(
      'closing-checklist',
      `await checklist('Closing', ['The dashboards are green', 'The change record is closed']);`
    )
  ],
  metadata: {
    kernelspec: { display_name: 'TypeScript (Launchbook)', language: 'typescript', name: 'launchbook' },
    language_info: LANGUAGE_INFO
  },
  nbformat: 4,
  nbformat_minor: 5
};

function prose(id: string, text: string): OutlineCell {
  return { cell_type: 'markdown', id, metadata: {}, source: linesOf(text) };
}

function step(id: string, code: string, tags: readonly string[] = []): OutlineCell {
  const cell = {
    cell_type: 'code',
    id,
    metadata: tags.length === 0 ? {} : { tags },
    source: linesOf(code),
    execution_count: null,
    outputs: []
  };
  return cell;
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
