// The sections of the site, by who reads them, each with its pages in the order of reading. A page that stands in none of them, nor below
// one of them, fails the build.
export const SECTIONS = {
  start: {
    title: 'Start',
    words: 'From the installation to the first release.',
    pages: [
      'install',
      'guide/first-ten-minutes',
      'guide/writing-a-runbook',
      'guide/coming-from',
      'guide/from-a-wiki-page',
      'guide/from-an-issue-template',
      'guide/from-a-shared-document',
      'guide/from-a-python-notebook',
      'guide/a-release-night',
      'guide/rehearsals',
      'guide/deciding-on-a-phone',
      'examples/index'
    ]
  },
  use: {
    title: 'Use',
    words: 'For those who write runbooks and drive runs.',
    pages: [
      'jupyterlab',
      'helpers/index',
      'identity',
      'slack',
      'front-ends',
      'vscode',
      'compatibility',
      'vocabulary'
    ]
  },
  operate: {
    title: 'Operate',
    words: 'For those who keep it running for others.',
    pages: [
      'hubs',
      'gateways',
      'decision-page',
      'environment-variables',
      'upgrading',
      'versioning',
      'security'
    ]
  },
  reference: {
    title: 'Reference',
    words: 'Made from the product itself.',
    pages: [
      'reference/commands/index',
      'reference/launchbook-yml',
      'reference/settings',
      'reference/helpers/index',
      'errors/index'
    ]
  },
  design: {
    title: 'Design',
    words: 'What it promises, and why it is built as it is.',
    pages: ['guarantees', 'kernel', 'architecture', 'benchmarks', 'dependencies', 'decisions/index']
  },
  project: {
    title: 'Project',
    words: 'For those who change it or ask for a change.',
    pages: [
      'project/changes',
      'project/contributing',
      'project/releasing',
      'project/support',
      'project/reporting-weaknesses',
      'project/conduct',
      'project/tests',
      'project/readme'
    ]
  }
};

/** The pages of the sections by their place in the site. */
export function sectionPages() {
  return Object.fromEntries(
    Object.entries(SECTIONS).map(([name, { title, words, pages }]) => [
      `${name}.md`,
      `# ${title}\n\n${words}\n\n\`\`\`{toctree}\n:maxdepth: 2\n\n${pages.join('\n')}\n\`\`\`\n`
    ])
  );
}
