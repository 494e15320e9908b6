// What is said alike of the peers in a browser and natively.

/** A peer's name with so many threads. */
export const named = (name, threads) => (threads === 1 ? name : `${name}_${threads}_threads`);

/** The most of the machine that others took in a round, in words. */
export function taken(rounds) {
  const others = rounds
    .map(({ others_share }) => others_share)
    .filter((share) => share !== undefined);
  const most = others.length ? `${Math.round(100 * Math.max(...others))}%` : 'an unknown share';
  return `at most ${most} of the machine was taken by others in a round`;
}
