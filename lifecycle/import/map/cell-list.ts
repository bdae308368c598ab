// The cells of a notebook in the making, and which stretch of the source went into which of them.
import { createHash } from 'node:crypto';

/** A cell; its id is given at the end. */
export interface DraftCell {
  readonly kind: 'markdown' | 'code';
  source: string;
  readonly tags: string[];
  /** What its id is made of: a heading, or the text that it came from. */
  key: string;
  id: string;
}

/** A stretch of the source in a cell, or left out. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Null: left out, for the reason that the report has. */
  readonly cell: DraftCell | null;
  /** `text`: its letters stand in the cell. `code`: what it says is proven by its commands. */
  readonly kind: 'text' | 'code';
}

/** The tag of a cell that a person should look at. */
export { GUESS_TAG } from '../../../contract/notebook/imported-guess.js';

export class CellList {
  readonly cells: DraftCell[] = [];
  readonly pieces: Piece[] = [];
  #open: DraftCell | null = null;
  /** Of the last heading, for ids and names. */
  heading = '';

  /** Text of the source in the Markdown cell that is open, or in a new one. */
  text(text: string, place: { readonly start: number; readonly end: number } | null): DraftCell {
    const cell = (this.#open ??= this.#add('markdown', '', `${this.heading} text`));
    cell.source += `${cell.source === '' ? '' : '\n\n'}${text}`;
    if (place) {
      this.pieces.push({ start: place.start, end: place.end, cell, kind: 'text' });
    }
    return cell;
  }

  /** The title stands first: what comes before it in the source follows it. */
  title(heading: string, text: string, place: { readonly start: number; readonly end: number }): DraftCell {
    const [first] = this.cells;
    if (this.cells.length !== 1 || first!.kind !== 'markdown') {
      this.begin(heading);
      return this.text(text, place);
    }
    first!.source = `${text}\n\n${first!.source}`;
    first!.key = heading;
    this.heading = heading;
    this.covered(place, first!, 'text');
    return first!;
  }

  /** A heading begins a cell. */
  begin(heading: string): void {
    this.#open = null;
    this.heading = heading;
    this.#open = this.#add('markdown', '', heading);
  }

  end(): void {
    this.#open = null;
  }

  /** A step. */
  code(source: string, key: string, tags: readonly string[]): DraftCell {
    this.#open = null;
    const cell = this.#add('code', source, `${this.heading} ${hashOf(key)}`);
    cell.tags.push(...tags);
    return cell;
  }

  /** The source of a code cell. */
  covered(
    place: { readonly start: number; readonly end: number },
    cell: DraftCell | null,
    kind: Piece['kind']
  ): void {
    this.pieces.push({ start: place.start, end: place.end, cell, kind });
  }

  /** The same source gives the same ids, and an edit leaves those of other cells alone. */
  nameCells(): void {
    const taken = new Map<string, number>();
    for (const cell of this.cells) {
      const base = slugOf(
        cell.kind === 'markdown' && / text$/.test(cell.key) ? `${cell.key} ${hashOf(cell.source)}` : cell.key
      );
      const count = (taken.get(base) ?? 0) + 1;
      taken.set(base, count);
      cell.id = count === 1 ? base : `${base}-${count}`;
    }
  }

  #add(kind: DraftCell['kind'], source: string, key: string): DraftCell {
    const cell: DraftCell = { kind, source, tags: [], key, id: '' };
    this.cells.push(cell);
    return cell;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}

/** Of the alphabet of nbformat, the end kept because a hash may stand there. */
function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const short =
    slug.length <= 50
      ? slug
      : `${slug.slice(0, 40).replace(/-$/, '')}-${hashOf(slug).slice(0, 3)}${slug.slice(-7)}`;
  return short === '' ? `cell-${hashOf(text)}` : short;
}
