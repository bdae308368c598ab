// Where a person reads an archive: its page on GitHub, GitLab or a similar host, made of the remote's address.

/** Where the archive is in its repository. */
interface Place {
  readonly commit: string;
  readonly tag: string;
  readonly path: string;
}

/**
 * The page of the notebook at its commit, or `TAG:PATH` for `git show` when the remote has no web pages.
 *
 * @example
 * addressOf('git@github.com:shop/releases.git', { commit: '3f9c21…', tag: 'runs/2.4.0-production', path: 'runs/…/release.ipynb' })
 * // 'https://github.com/shop/releases/blob/3f9c21…/runs/…/release.ipynb'
 */
export function addressOf(remote: string | null, { commit, tag, path }: Place): string {
  const [, host, repository] =
    /^(?:https?:\/\/(?:[^@/]+@)?|ssh:\/\/(?:[^@/]+@)?|[^@/:]+@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(
      remote ?? ''
    ) ?? [];
  if (host === undefined || repository === undefined) {
    return `${tag}:${path}`;
  }
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const blob = host.includes('gitlab') ? '-/blob' : 'blob';
  return `https://${host}/${repository}/${blob}/${commit}/${encoded}`;
}
