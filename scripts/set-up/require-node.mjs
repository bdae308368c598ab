// Ends with one sentence in a Node that is too old. Entry scripts import this alone at first, and load the rest afterwards,
// because an old Node would fail on the rest before it could say why.
const OLDEST = [20, 19];

export function faultOfNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld
    ? `Node ${version} is too old; Launchbook needs ${OLDEST.join('.')} or later.\n  Install it from https://nodejs.org, or with: npx n lts`
    : undefined;
}

const fault = faultOfNode(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
