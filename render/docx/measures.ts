/** GB/T 9704-2012 in Word's twentieths of a point: 22 lines of 28 characters of 三号 in 156 × 225 mm of an A4 sheet. */
export const SHEET = { short: 11906, long: 16838 } as const;
export const MARGIN = { top: 2098, bottom: 1984, left: 1587, right: 1474 } as const;

export const TEXT_WIDTH = SHEET.short - MARGIN.left - MARGIN.right;
export const TEXT_HEIGHT = SHEET.long - MARGIN.top - MARGIN.bottom;

/** 28.95 pt: with 580 the 22 lines would be 4 twentieths taller than the text area, and Word would set 21. */
export const LINE = 579;
/** 15.79 pt, as 16 pt type less 0.21 pt; Word wants the difference in 4096ths of a point. */
export const CELL = 316;
export const CELL_SPACING = -848;

/** One character of the page number, 四号. */
export const NUMBER_CELL = 280;
/**
 * The page number stands in the middle of a line of 16 pt whose middle is 7 mm below the text area; Word measures the
 * footer from the sheet's edge to the foot of that line.
 */
export const NUMBER_LINE = 320;
export const FOOTER = MARGIN.bottom - 397 - NUMBER_LINE / 2;
