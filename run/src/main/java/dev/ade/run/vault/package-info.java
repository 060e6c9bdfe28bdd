/// Originals in the vault: put in while they are loaded, read for a reason that is written down, destroyed when they were
/// kept long enough.
///
/// What encrypts them is behind `spi.Vault`; nothing here sees a key that opens anything. Start reading at `VaultRoom`.
@NullMarked
package dev.ade.run.vault;

import org.jspecify.annotations.NullMarked;
