// The one mapper: a document as the cells of a runbook. Headings become phases and steps, shell becomes steps, boxes become checklists, and
// everything else is kept as it is written, in its order.
import { convertBlock } from '../shell/convert-block.js';
import { Placeholders } from '../shell/placeholders.js';
import { literalOf } from '../shell/literal.js';
import { Session } from '../shell/session.js';
import type { ExpectedCommand } from '../shell/statement.js';
import type { ImportedSource } from '../document/source.js';
import { attributesOf, foreignProgram, guessesOf } from './fence-attributes.js';
import { blocksOf, type Block } from './blocks.js';
import { CellList, GUESS_TAG, type DraftCell, type Piece } from './cell-list.js';
import { withDefinitions } from './definitions.js';
import { levelsOf, type Levels } from './levels.js';
import { adviceFor, isStop, meaningOfHeading, ownerOf, type Meaning } from './meanings.js';
import { parametersCell } from './parameters-cell.js';
import type { ReportLine } from '../document/report-line.js';
import { excerpt, firstLine, oneLine, withoutHosts, wordsIn } from '../document/short-text.js';
import { treeOf } from './tree.js';

/** What became of a document. */
export interface MappedDocument {
  readonly cells: readonly DraftCell[];
  readonly pieces: readonly Piece[];
  readonly report: readonly ReportLine[];
  /** What each step must run. */
  readonly expected: readonly { readonly cell: DraftCell; readonly commands: readonly ExpectedCommand[] }[];
  readonly placeholders: Placeholders;
}

/** Maps a document. */
export async function mapDocument(source: ImportedSource): Promise<MappedDocument> {
  const mapper = new Mapper(source);
  await mapper.map();
  return mapper;
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

class Mapper implements MappedDocument {
  readonly list = new CellList();
  readonly report: ReportLine[] = [];
  readonly expected: { cell: DraftCell; commands: readonly ExpectedCommand[] }[] = [];
  readonly placeholders = new Placeholders();
  readonly session = new Session();
  /** Titles and meanings of the sections that are open, by their level in the notebook. */
  #sections: { level: number; meaning: Meaning | null; title: string; line: number; isOwnPhase: boolean }[] =
    [];
  #details: string[] = [];
  #phase = '';
  #hasSteps = false;
  #isContinued = false;
  #blocks = 0;

  constructor(readonly source: ImportedSource) {}

  get cells(): readonly DraftCell[] {
    return this.list.cells;
  }

  get pieces(): readonly Piece[] {
    return this.list.pieces;
  }

  async map(): Promise<void> {
    if (this.source.folder !== undefined) {
      this.session.startIn(this.source.folder);
    }
    const root = treeOf(this.source.markdown);
    const blocks = blocksOf(root, this.source.markdown);
    const levels = levelsOf(blocks);
    this.#title(blocks, levels);
    for (const block of blocks) {
      await this.#block(block, levels);
    }
    this.#endSections(0);
    this.#proseForPhases();
    this.list.cells.splice(1, 0, parametersCell(this.placeholders, this.source, this.report));
    withDefinitions(this.list, root, this.source.markdown);
    this.list.nameCells();
  }

  #title(blocks: readonly Block[], levels: Levels): void {
    if (levels.title !== null) {
      return;
    }
    const ofFile = this.source.name.replace(/\.\w+$/, '').replace(/[-_]+/g, ' ');
    const title = oneLine(this.source.title ?? ofFile);
    this.list.begin(title);
    this.list.text(`# ${title === '' ? 'Runbook' : title[0]!.toUpperCase() + title.slice(1)}`, null);
    if (blocks[0]?.kind === 'heading') {
      this.list.end();
    }
  }

  async #block(block: Block, levels: Levels): Promise<void> {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block, levels);
      case 'prose':
        return this.#prose(block);
      case 'boxes':
        return this.#boxes(block);
      case 'details':
        return this.#foldedPart(block);
      case 'container':
        return void (block.mark === 'closes' ? this.#details.pop() : this.#details.push(block.mark.title));
      case 'shell':
        return this.#shell(block);
    }
  }

  #heading(block: Of<'heading'>, levels: Levels): void {
    const level = block === levels.title ? 1 : Math.min(6, Math.max(2, block.depth - levels.phase + 2));
    this.#endSections(level);
    const meaning = level === 1 ? null : meaningOfHeading(block.text);
    const isOwnPhase = meaning === 'approval' && level > 2 && this.#hasSteps;
    this.#continuePhase(level);
    const shown = isOwnPhase ? 2 : level;
    if (level > 1 && shown <= 3) {
      this.list.begin(block.text);
    }
    if (shown === 2) {
      this.#phase = isOwnPhase ? this.#phase : block.text;
      this.#hasSteps = false;
      this.#isContinued = false;
    }
    const heading = `${'#'.repeat(shown)} ${block.content}`;
    const cell = level === 1 ? this.list.title(block.text, heading, block) : this.list.text(heading, block);
    this.#sections.push({ level, meaning, title: block.text, line: block.line, isOwnPhase });
    if (shown === 2 && (meaning === 'way-back' || meaning === 'optional')) {
      cell.tags.push('optional', GUESS_TAG);
      this.#tell(
        'guessed',
        block,
        `the phase “${block.text}” is optional: it runs only when somebody wants it`,
        cell
      );
    }
  }

  /** What follows a hold point that got a phase of its own goes on under the title of the phase before. */
  #continuePhase(level: number): void {
    if (this.#isContinued && level !== 2 && this.#phase !== '') {
      this.#isContinued = false;
      this.list.begin(`${this.#phase}, continued`);
      this.list.text(`## ${this.#phase}, continued\n\n*The phase goes on after its hold point.*`, null);
      this.#hasSteps = false;
    }
  }

  #prose(block: Of<'prose'>): void {
    this.#continuePhase(7);
    if (isStop(block.plain) && this.#hasSteps) {
      this.list.begin('Hold point');
      this.list.text(`## Hold point${this.#phase === '' ? '' : ` of ${this.#phase}`}`, null);
    }
    this.list.text(block.text, block);
    block.left.forEach(({ reason, line }) => this.#tell('left', { line }, reason, null));
    if (block.isCodeLike) {
      return;
    }
    adviceFor(block.plain).forEach(advice =>
      this.#tell('asked', block, `“${excerpt(block.plain)}”: ${advice}`, null)
    );
    if (isStop(block.plain)) {
      this.#approval(excerpt(block.plain).replace(/[.!:]+$/, ''), block);
      this.#isContinued = true;
    }
  }

  #boxes(block: Of<'boxes'>): void {
    this.#continuePhase(7);
    const isPlain =
      block.items.every(({ text }) => withoutHosts(text) === text) &&
      wordsIn(block.text.replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\])?/gm, '')).join(' ') ===
        block.items.flatMap(({ text }) => wordsIn(text)).join(' ');
    if (!isPlain) {
      this.list.text(block.text.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX]\]\s/gm, '$1'), block);
    }
    const items = block.items.map(({ text }) => literalOf(withoutHosts(text)));
    const name = this.#nameOfStep('Checklist');
    const cell = this.#step(
      `await checklist(${literalOf(name)}, [\n${items.map(item => `  ${item}`).join(',\n')}\n]);`,
      block.text,
      block,
      []
    );
    if (isPlain) {
      this.list.covered(block, cell, 'code');
      this.expected.push({ cell, commands: [] });
    }
    block.left.forEach(({ reason, line }) => this.#tell('left', { line }, reason, cell));
    block.items.forEach(({ text, isTicked }) => {
      const owner = ownerOf(text);
      if (owner !== null) {
        this.#tell('asked', block, `“${excerpt(text)}” is for ${owner}: assign() gives it to them`, cell);
      }
      if (isTicked) {
        this.#tell('left-out', block, `the tick of “${excerpt(text)}”`, cell);
      }
      if (meaningOfHeading(text) === 'approval') {
        this.#tell(
          'asked',
          block,
          `“${excerpt(text)}” reads like an approval and is a box: approval() asks the people who decide`,
          cell
        );
      }
    });
  }

  #foldedPart({ mark, summary, ...block }: Of<'details'>): void {
    this.#continuePhase(7);
    if (mark === 'opens') {
      const title = summary || 'Details';
      this.#details.push(title.replace(/<[^>]*>/g, ''));
      this.list.end();
      this.list.text(`**${title}**`, block);
    } else {
      this.list.covered(block, null, 'text');
      if (mark === 'closes') {
        this.#details.pop();
      }
    }
  }

  async #shell(block: Of<'shell'>): Promise<void> {
    this.#continuePhase(7);
    this.#blocks++;
    const { code } = block;
    const attributes = attributesOf(code.meta ?? '');
    const program = block.isOther ? (code.lang ?? 'code') : foreignProgram(attributes);
    if (program !== null) {
      this.#byHand(block, {
        reason: `it is ${program}, which no cell runs`,
        proposal: 'write it in TypeScript, or put it into a script and call that',
        isRefused: false
      });
      return;
    }
    const { folder } = this.session;
    this.session.enter(attributes['cwd'] ?? '.');
    const made = await convertBlock(
      { text: code.value, number: this.#blocks, line: block.line + 1, isLabelled: block.isLabelled },
      this.session,
      this.placeholders
    );
    if (attributes['cwd'] !== undefined) {
      this.session.folder = folder;
    }
    const name = attributes['name'];
    if (name !== undefined) {
      this.list.text(`### ${name}`, null);
      this.list.heading = name;
    }
    if (
      code.value.trim() === '' ||
      attributes['ignore'] === 'true' ||
      (made.kind === 'step' && made.expected.length === 0 && !made.code.includes('const '))
    ) {
      this.list.text(block.text, block);
      this.#tell('left', block, 'the block has no commands, or says that it is to be ignored', null);
      return;
    }
    if (made.kind === 'by-hand') {
      this.#byHand(block, made);
      return;
    }
    const isExcluded = attributes['excludeFromRunAll'] === 'true';
    const guesses = [...quotedGuess(block), ...made.guesses, ...guessesOf(attributes)];
    const cell = this.#step(made.code, code.value, block, guesses, isExcluded || block.isQuoted);
    this.list.covered(block, cell, 'code');
    this.expected.push({ cell, commands: made.expected });
    if (made.output !== null) {
      this.list.text(`The source shows this output:\n\n\`\`\`\`text\n${made.output}\n\`\`\`\``, null);
    }
  }

  #byHand(
    block: Of<'shell'>,
    { reason, proposal, isRefused }: { reason: string; proposal: string; isRefused: boolean }
  ): void {
    this.list.text(block.text, block);
    const cell = this.#step(
      `await checklist(${literalOf(`By hand: ${this.#nameOfStep('the commands above')}`)}, ['The commands above are done']);`,
      block.text,
      block,
      [...quotedGuess(block), `${isRefused ? 'not imported as commands' : 'left to a person'}: ${reason}`],
      block.isQuoted
    );
    this.report.pop();
    this.#tell(isRefused ? 'refused' : 'guessed', block, `${reason}. Proposed: ${proposal}`, cell);
  }

  /** A code cell with its guesses in its first lines. */
  #step(code: string, key: string, block: Block, guesses: readonly string[], isOptional = false): DraftCell {
    const section = this.#sections.findLast(
      ({ meaning }) => meaning === 'way-back' || meaning === 'optional'
    );
    const reasons = [
      ...(section?.meaning === 'way-back'
        ? [
            `it is a way back and runs only when somebody wants it; rollback(name, () => …) beside the change it undoes would offer it in time`
          ]
        : []),
      ...(section?.meaning === 'optional' ? ['it runs only when somebody wants it'] : []),
      ...(this.#details.length > 0
        ? [`it was folded under “${this.#details.at(-1)}”, and runs only when somebody wants it`]
        : []),
      ...guesses
    ];
    const from = excerpt(section?.title ?? this.#details.at(-1) ?? firstLine(code, key));
    const head = reasons.map(reason => `// Guessed from “${from}”: ${oneLine(reason)}.`);
    const isLeft = isOptional || section !== undefined || this.#details.length > 0;
    const cell = this.list.code([...head, code].join('\n'), key, [
      ...(isLeft ? ['optional'] : []),
      ...(reasons.length > 0 ? [GUESS_TAG] : [])
    ]);
    reasons.forEach(reason => this.#tell('guessed', block, reason, cell));
    this.#hasSteps = true;
    return cell;
  }

  #approval(title: string, block: { readonly line: number }): void {
    const name = withoutHosts(title);
    const asked = `// Guessed from “${oneLine(name)}”: who approves? The source does not say it to a program: write approvers: […], or a policy in launchbook.yml.`;
    const cell = this.list.code(
      `${asked}\nawait approval(${literalOf(name)}, { question: 'May the run go on?' });`,
      title,
      [GUESS_TAG]
    );
    this.#tell('guessed', block, `an approval is asked for; its approvers have to be named`, cell);
    this.#hasSteps = true;
  }

  /** Ends the sections from `level` on; one about an approval asks for it at its end. */
  #endSections(level: number): void {
    while (this.#sections.length > 0 && this.#sections.at(-1)!.level >= level) {
      const { meaning, title, line, isOwnPhase } = this.#sections.pop()!;
      if (meaning === 'approval') {
        this.#approval(title, { line });
        this.#isContinued = isOwnPhase;
      }
    }
  }

  /** A phase without a word says that its source has none. */
  #proseForPhases(): void {
    const starts = this.list.cells.filter(({ source }) => /^## /.test(source));
    for (const [index, cell] of starts.entries()) {
      const end = starts[index + 1];
      const cells = this.list.cells.slice(this.list.cells.indexOf(cell), end && this.list.cells.indexOf(end));
      const texts = cells.filter(({ kind }) => kind === 'markdown').map(({ source }) => source);
      if (
        texts
          .join('\n')
          .replace(/<!--[^]*?-->|^ *#{1,6} .*$/gm, '')
          .trim() === ''
      ) {
        cell.source += `\n\n*${this.source.name} has no text here.*`;
      }
    }
  }

  #nameOfStep(otherwise: string): string {
    return withoutHosts(this.list.heading) || otherwise;
  }

  #tell(
    grade: ReportLine['grade'],
    { line }: { readonly line: number },
    text: string,
    cell: DraftCell | null
  ): void {
    this.report.push({ grade, place: this.source.placeOf(line), text: oneLine(text), cell });
  }
}

/** What stands in a quotation is often said of a case that does not happen each time. */
function quotedGuess({ isQuoted }: { readonly isQuoted: boolean }): string[] {
  return isQuoted ? ['it stands in a quotation, and runs only when somebody wants it'] : [];
}
