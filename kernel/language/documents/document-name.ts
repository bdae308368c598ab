/** File name of a cell's document in the notebook's folder, without its ending. */
export function documentName(number: number): string {
  return `__cell_${number}`;
}

/** What the server says, without the namespaces that only we know of. */
export function withoutNamespaces(text: string): string {
  return text
    .replace(/(import\("[^"\n]*)__cell_frozen_\d+"\)\.(__cell_\d+)\./g, '$1$2").')
    .replace(/(?:\b__cells\._\d+\.)?\b__cell_\d+\.(?=[\p{ID_Start}$_])/gu, '');
}
