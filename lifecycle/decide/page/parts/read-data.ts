// What the server has written into the page for its script.

/** The data of this page, or null when it has none. */
export function readData<Data>(): Data | null {
  const text = document.getElementById('data')?.textContent ?? '';
  return text.trim() === '' ? null : (JSON.parse(text) as Data);
}
