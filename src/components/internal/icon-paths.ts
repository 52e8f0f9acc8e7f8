// Outlines that are also used one by one, so that who shows two icons does not bring thirty along.

export const check = 'M3.5 8.5l3 3 6-7';
export const cross = 'M4 4l8 8M12 4l-8 8';
export const copy = 'M6 5.5h6.5V13H6zM4 10.5H3.5V3H10v.5';
export const code = 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5';
export const wrap = 'M2.5 4h11M2.5 8H11a2.25 2.25 0 010 4.5H8.5M10 10.75L8.25 12.5 10 14.25M2.5 12h3';
export const download = 'M8 2.5v7M4.75 6.75L8 10l3.25-3.25M3 13h10';
