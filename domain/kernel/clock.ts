/** Where "now" comes from: the wall in production, a fixed calendar in tests and in the demonstration. */
export type Clock = () => Date;
export const wallClock: Clock = () => new Date();
