variable "environment" {
  type = string
}

# The fleet of the shop's front. Sizes differ by environment: see env/.
variable "group_name" { type = string }
variable "web_instance_type" {
  type    = string
  default = "m6i.large"
}
variable "web_min_size" {
  description = "Never fewer than this, day or night"
  type        = number
}
variable "web_max_size" {
  type    = number
  default = 16
}
