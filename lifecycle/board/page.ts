// The page of a board as it is first loaded: complete without its script, live with it.
import type { BoardPart } from './parts.js';

export function pageOf(parts: readonly BoardPart[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Launchbook board</title>
<link rel="stylesheet" href="board.css">
<script src="board.js" defer></script>
</head>
<body>
<header>
<h1>Launchbook</h1>
<p id="line" role="status">Loaded</p>
</header>
<p id="said" class="unseen" role="status" aria-live="polite"></p>
<main>
${parts.map(part => `<section id="${part.id}">\n${part.html}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}
