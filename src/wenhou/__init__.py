"""温厚 Wenhou: find people in hardship, decide with reasons, help, account for every step."""
