// A page with no peer in it.
export const load = () => ({ threads: 1 });
