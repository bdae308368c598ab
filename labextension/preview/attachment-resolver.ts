// Resolves `attachment:` addresses to what the cell carries, and leaves every other one to the notebook's own resolver.
import type { MarkdownCell } from '@jupyterlab/cells';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { attachmentUrl } from './attachment-url.js';

const SCHEME = 'attachment:';

/** A resolver for the texts of one cell. */
export function resolverOf(cell: MarkdownCell, parent: IRenderMime.IResolver | null): IRenderMime.IResolver {
  return {
    resolveUrl: async (url, context) =>
      url.startsWith(SCHEME) || !parent ? url : await parent.resolveUrl(url, context),
    getDownloadUrl: async url => {
      if (!url.startsWith(SCHEME)) {
        return parent ? await parent.getDownloadUrl(url) : url;
      }
      const { attachments } = cell.model;
      return attachmentUrl(attachments.get(url.slice(SCHEME.length))?.data) ?? url;
    },
    isLocal: (url, allowRoot) => url.startsWith(SCHEME) || (parent?.isLocal?.(url, allowRoot) ?? true)
  };
}
