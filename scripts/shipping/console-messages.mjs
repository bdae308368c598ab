// What a page says to its console with the extension, beside what the same page says without it.

const ORIGIN = /https?:\/\/(127\.0\.0\.1|localhost):\d+/g;

/**
 * Warnings and errors of `said` that `plain`, the same page without the extension, does not have, once each. Two servers have two
 * ports, so a message is the same when it is so without them; a request that failed is another message for each address.
 */
export function messagesBeside(plain, said) {
  const known = new Set(plain.map(keyOf));
  const own = said.filter(
    message =>
      ['warning', 'error'].includes(message.type) &&
      !known.has(keyOf(message)) &&
      !isSlowStart(message) &&
      !isOfOtherExtension(message)
  );
  return [
    ...new Set(
      own.map(({ type, text, place }) => `${type}: ${text.split('\n').slice(0, 3).join(' ')} (${place})`)
    )
  ];
}

function keyOf({ type, text, place }) {
  return `${type} ${text} ${place}`.replaceAll(ORIGIN, '').replaceAll(/\?[\w=&.%-]*/g, '');
}

/** What a bundle of another extension asks for itself, such as another version of a shared package; the page without any has none of these. */
function isOfOtherExtension({ place }) {
  const [, name = 'launchbook'] = /\/lab\/extensions\/((?:@[^/]+\/)?[^/]+)\//.exec(place) ?? [];
  return name !== 'launchbook';
}

/** How long JupyterLab's own plugins took is no matter of ours. */
function isSlowStart({ text }) {
  return /^Plugin @jupyter\S+ .*to activate\.$/.test(text);
}
