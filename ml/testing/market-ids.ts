/** Where the made market's numbering starts, so that an id tells what it is the id of. Managers start at 101. */
export const firstPremisesId = 3001;
export const firstLeadId = 10_001;
export const firstDealId = 8_000_001;
export const firstLeaseId = 5_000_001;
