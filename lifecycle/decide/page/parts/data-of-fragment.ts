// Reads the question from the fragment of an address: JSON, deflated, in base64url. `launchbook approve --link` writes it.

/** The data; null when the fragment is empty. @throws Error when it is not whole */
export async function dataOfFragment<Data>(fragment: string): Promise<Data | null> {
  const text = fragment.replace(/^#/, '');
  if (text === '') {
    return null;
  }
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter =>
    letter.charCodeAt(0)
  );
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(inflated).text()) as Data;
}
