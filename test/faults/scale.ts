/** True in `npm run test:faults`: every case, at its full length; otherwise a part that shows the same in little time. */
export const isFull = process.env.FAULTS === 'full';
