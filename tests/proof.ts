// How long random tests are: short in `npm test`, long in the proofs of `npm run prove`, with the same seeds.

const IS_PROOF = process.env['LAUNCHBOOK_PROOF'] === '1';

/** @example rounds({ inTest: 20, inProof: 200 }) // 20 in `npm test` */
export function rounds({ inTest, inProof }: { readonly inTest: number; readonly inProof: number }): number {
  return IS_PROOF ? inProof : inTest;
}
