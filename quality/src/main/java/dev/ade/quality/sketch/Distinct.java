package dev.ade.quality.sketch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/// How many different values there are: a HyperLogLog sketch (Flajolet et al., 2007), kept and estimated by Apache
/// DataSketches. Standard error 1.04 / √1024 = 3.3%.
///
/// The registers come from the engine. Any hash serves, as long as all parts of a union use the same: `family`
/// says which, and changes when the engine's hash does. Of two families only the larger sketch is kept.
///
/// @param family of hashes; equal hashes have equal families
/// @param image the sketch in DataSketches' own compact form
@SuppressWarnings("ArrayRecordComponent") // owned here, never handed out
public record Distinct(long family, byte[] image) {
    public static final int LG_REGISTERS = 10;
    private static final int REGISTERS = 1 << LG_REGISTERS;
    private static final int REGISTER_MAX = 63;

    /// Standard error, as a share of the number.
    public static final double ERROR = 1.04 / Math.sqrt(REGISTERS);

    public static final Distinct NONE = new Distinct(0, new byte[0]);

    /// From registers that each hold the longest run of zero bits, plus one, of the hashes that fell to it.
    public static Distinct ofRegisters(long family, byte[] registers) {
        if (registers.length != REGISTERS) {
            throw new IllegalStateException(
                    "Cannot read a sketch of the engine: %d registers, expected %d"
                            .formatted(registers.length, REGISTERS));
        }
        return new Distinct(family, compact(HllSketch.heapify(image(registers))));
    }

    /// DataSketches' form of an HLL_8 sketch: a preamble of 40 bytes, then a byte a register. It is marked as out of
    /// order, because a union of registers does not know the order of updates that its other estimator needs.
    private static byte[] image(byte[] registers) {
        ByteBuffer image =
                ByteBuffer.allocate(40 + registers.length).order(ByteOrder.LITTLE_ENDIAN);
        image.put(new byte[] {10, 1, 7, LG_REGISTERS, 0, 16, 0, 10});
        double low = 0;
        double high = 0;
        int zeros = 0;
        for (byte register : registers) {
            if (register < 0 || register > REGISTER_MAX) {
                throw new IllegalStateException("a register holds 0 to 63, was " + register);
            }
            zeros += register == 0 ? 1 : 0;
            low += register < 32 ? Math.scalb(1.0, -register) : 0;
            high += register < 32 ? 0 : Math.scalb(1.0, -register);
        }
        image.putDouble(8, 0).putDouble(16, low).putDouble(24, high).putInt(32, zeros);
        return image.put(40, registers).array();
    }

    private static byte[] compact(HllSketch sketch) {
        return sketch.copyAs(TgtHllType.HLL_4).toCompactByteArray();
    }

    public Distinct merge(Distinct other) {
        if (image.length == 0 || other.image.length == 0) {
            return image.length == 0 ? other : this;
        }
        if (family != other.family) {
            return estimate() < other.estimate() ? other : this;
        }
        HllUnion union = new HllUnion(LG_REGISTERS);
        union.update(HllSketch.heapify(image));
        union.update(HllSketch.heapify(other.image));
        return new Distinct(family, compact(union.getResult(TgtHllType.HLL_8)));
    }

    public double estimate() {
        return image.length == 0 ? 0 : HllSketch.heapify(image).getCompositeEstimate();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(family);
        out.writeShort(image.length);
        out.write(image);
    }

    static Distinct read(DataInputStream in) throws IOException {
        return new Distinct(in.readLong(), in.readNBytes(in.readUnsignedShort()));
    }
}
