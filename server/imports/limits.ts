/** What one file may ask of us. Beyond it the file is refused whole, with the limit named. */
export const FILE_BYTES_MAX = 2 * 1024 ** 3;
export const COLUMNS_MAX = 500;
/** Of one row in bytes; also stops a quote that is never closed from swallowing the file. */
export const LINE_BYTES_MAX = 1024 ** 2;

/** A workbook has a dozen parts; thousands of them are an attack. */
export const ARCHIVE_ENTRIES_MAX = 1000;
/** Unpacked, all parts together: about two million rows of leads. */
export const ARCHIVE_UNPACKED_BYTES_MAX = 1024 ** 3;
/** Sheets shrink five to twentyfold; a hundredfold is a bomb. Small parts may shrink as they like. */
export const ARCHIVE_RATIO_MAX = 100;
export const ARCHIVE_RATIO_FREE_BYTES = 5 * 1024 ** 2;
/** The table of shared texts is the one part that has to lie in memory. */
export const SHARED_TEXT_BYTES_MAX = 64 * 1024 ** 2;

export const TEXT_LENGTH_MAX = 1000;
export const ID_LENGTH_MAX = 64;
export const LIST_ITEMS_MAX = 50;

/** A file that comes through the browser. */
export const UPLOAD_BYTES_MAX = 100 * 1024 ** 2;
/** Files that may wait to be imported, and what they may take of the disk together. */
export const UPLOADS_MAX = 50;
export const UPLOADS_BYTES_MAX = 2 * 1024 ** 3;
