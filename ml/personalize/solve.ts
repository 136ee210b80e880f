/**
 * Inverse of a symmetric positive definite matrix by Cholesky's factors, a few columns wide.
 * Throws RangeError where the matrix is not positive definite.
 */
export function invertDefinite(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum > 0) lower[i]![i] = Math.sqrt(sum);
      else throw new RangeError("The matrix is not positive definite.");
    }
  }
  const inverse = matrix.map((row) => row.map(() => 0));
  for (let column = 0; column < size; column++) {
    const half = new Array<number>(size).fill(0);
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= lower[i]![k]! * half[k]!;
      half[i] = sum / lower[i]![i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = half[i]!;
      for (let k = i + 1; k < size; k++) sum -= lower[k]![i]! * inverse[k]![column]!;
      inverse[i]![column] = sum / lower[i]![i]!;
    }
  }
  return inverse;
}
