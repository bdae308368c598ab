// SHA-256 of cells' texts, so that the kernel can tell which of them are not what was approved. Only a text that changed is
// hashed again: of 1,000 cells that is one a keystroke.
import { byId } from '../../contract/base/by-id.js';
import { sha256 } from '../page/sha256.js';

/** A cell as far as its hash needs it. */
export interface HashedCell {
  readonly id: string;
  readonly source: string;
}

/** SHA-256 (hex) of texts by cell id. */
export interface CellHashes {
  readonly [cell: string]: string;
}

export class TextHashes {
  private readonly known = new Map<string, { readonly source: string; readonly hash: string }>();

  /** The hashes of all `cells`. */
  async of(cells: readonly HashedCell[]): Promise<CellHashes> {
    const hashes = byId<string>();
    for (const { id, source } of cells) {
      const known = this.known.get(id);
      const hash = known?.source === source ? known.hash : await sha256(source);
      this.known.set(id, { source, hash });
      hashes[id] = hash;
    }
    return hashes;
  }
}
