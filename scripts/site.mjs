// `npm run site`: builds the documentation as a site in dist/site/html. A warning, a dead link or a page that nobody reaches fails it.
import './set-up/require-node.mjs';
import { readOptions } from './set-up/read-options.mjs';

readOptions(`Usage: npm run site

Builds the documentation as a site in dist/site/html.`);
const { buildSite } = await import('./site/build-site.mjs');
await buildSite();
