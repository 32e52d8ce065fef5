"""What articles and public code say of Wasserstein GANs, and the numbers that say whether it is so."""
