import { TestEnvironment } from 'jest-environment-node';

/** Tests run in a realm of their own, but the native ONNX runtime makes typed arrays of the outer one: share them. */
export default class NativeArrays extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { Float32Array, Uint8Array, ArrayBuffer });
  }
}
