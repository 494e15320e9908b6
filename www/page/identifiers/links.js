// Where an identifier can be looked up. Pure functions.

/** @type {Record<string, { site: string, address: (code: string) => string }>} */
const SITES = {
  MESH: { site: 'MeSH', address: (code) => `https://meshb.nlm.nih.gov/record/ui?ui=${code}` },
  DRUGBANK: { site: 'DrugBank', address: (code) => `https://go.drugbank.com/drugs/${code}` },
  HP: { site: 'HPO', address: (code) => `https://hpo.jax.org/browse/term/HP:${code}` },
  NCBITaxon: {
    site: 'NCBI Taxonomy',
    address: (code) => `https://www.ncbi.nlm.nih.gov/datasets/taxonomy/${code}/`,
  },
};

/**
 * The site that has an identifier, and the identifier's address there. Nothing if no site is known, or if the
 * identifier has characters that these identifiers do not have.
 *
 * @param {string} id  Such as `MESH:D003924`.
 * @returns {{ site: string, address: string } | undefined}
 */
export function siteOf(id) {
  const [, prefix, code] = /^([A-Za-z]+):([A-Za-z0-9]+)$/.exec(id) ?? [];
  const known = Object.hasOwn(SITES, prefix ?? '') ? SITES[prefix] : undefined;
  return known && { site: known.site, address: known.address(code) };
}
